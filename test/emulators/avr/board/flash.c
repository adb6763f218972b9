// SPDX-License-Identifier: Apache-2.0
// Flash and EEPROM live in files that are mapped into the emulated chip: whatever was written is there after a power
// cut, without any saving. simavr writes a page in no time; here erasing and writing take 3.9 ms each, and whoever
// cuts the power or resets in between finds half a page.
#include "board.h"
#include <avr_flash.h>
#include <avr_eeprom.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SPMCSR = 0x57, SPMEN = 1, PGERS = 2, PGWRT = 4, RWWSB = 0x40, ZL = 30, ZH = 31 };
enum { PAGE_BYTES = 128, NRWW = 0x7000 };
#define SPM_CYCLES (39 * CYCLES_PER_MS / 10)

static int (*simavr_spm)(avr_io_t *, uint32_t, void *);
static bool paced, busy;
static uint64_t done;
static uint32_t page;
static uint8_t result[PAGE_BYTES];
uint64_t flash_erases;
static uint8_t stuck[FLASH_BYTES]; // bits of worn cells, which read as 0 whatever is written

void flash_stick(unsigned address, unsigned bit) {
  stuck[address] |= 1 << bit;
  avr->flash[address] &= ~stuck[address];
}

static void *map(const char *path, size_t bytes, void *where) {
  int fd = open(path, O_RDWR | O_CLOEXEC);
  struct stat s;
  if (fd < 0 || fstat(fd, &s) || (size_t)s.st_size != bytes) die(path);
  void *at = mmap(where, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | (where ? MAP_FIXED : 0), fd, 0);
  if (at == MAP_FAILED) die(path);
  close(fd);
  return at;
}

void flash_tick(uint64_t now) {
  if (!busy || now < done) return;
  busy = false;
  for (int i = 0; i < PAGE_BYTES; i++) avr->flash[page + i] = result[i] & ~stuck[page + i];
  avr->data[SPMCSR] &= ~(SPMEN | PGERS | PGWRT);
}

static uint8_t read_spmcsr(avr_t *core, avr_io_addr_t address, void *unused) {
  (void)unused;
  flash_tick(board_now());
  return core->data[address];
}

static int spm(avr_io_t *port, uint32_t ctl, void *arg) {
  if (ctl != AVR_IOCTL_FLASH_SPM) return simavr_spm(port, ctl, arg);
  uint8_t operation = avr->data[SPMCSR];
  if (busy) return 0;
  if (!(operation & SPMEN) || !(operation & (PGERS | PGWRT))) return simavr_spm(port, ctl, arg);
  uint64_t now = board_now();
  uint8_t before[PAGE_BYTES];
  page = (avr->data[ZL] | avr->data[ZH] << 8) & (FLASH_BYTES - PAGE_BYTES);
  memcpy(before, avr->flash + page, PAGE_BYTES);
  // simavr erases from Z on, not from the start of its page.
  avr->data[ZL] &= ~(PAGE_BYTES - 1);
  int answer = simavr_spm(port, ctl, arg);
  memcpy(result, avr->flash + page, PAGE_BYTES);
  // Flash can only clear bits; simavr would overwrite a page that was never erased.
  if (operation & PGWRT)
    for (int i = 0; i < PAGE_BYTES; i++) result[i] &= before[i];
  if (operation & PGERS) flash_erases++;
  else fault_page(now + SPM_CYCLES / 2);
  busy = true;
  done = paced ? now + SPM_CYCLES : now;
  if (paced) memcpy(avr->flash + page + PAGE_BYTES / 2, before + PAGE_BYTES / 2, PAGE_BYTES / 2);
  avr->data[SPMCSR] = operation | (page < NRWW ? RWWSB : 0);
  // Above NRWW the chip stands still while it writes.
  if (page >= NRWW && paced) avr->cycle += SPM_CYCLES;
  flash_tick(board_now());
  return answer;
}

static avr_io_t *module(const char *kind) {
  for (avr_io_t *io = avr->io_port; io; io = io->next)
    if (!strcmp(io->kind, kind)) return io;
  die(kind);
  return 0;
}

void flash_attach(const char *flash, const char *eeprom, bool take_time) {
  paced = take_time;
  // simavr keeps a guard word behind the last byte, so one page more than the file has.
  void *room = mmap(0, FLASH_BYTES + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) die("memory");
  map(flash, FLASH_BYTES, room);
  memcpy((uint8_t *)room + FLASH_BYTES, avr->flash + FLASH_BYTES, 2);
  avr->flash = room;
  ((avr_eeprom_t *)module("eeprom"))->eeprom = map(eeprom, EEPROM_BYTES, 0);
  avr_io_t *io = module("flash");
  simavr_spm = io->ioctl;
  io->ioctl = spm;
  avr->io[AVR_DATA_TO_IO(SPMCSR)].r.c = read_spmcsr;
}

void flash_reset(void) { busy = false; }
bool flash_busy(void) { return busy; }
