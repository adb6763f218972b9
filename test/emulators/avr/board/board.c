// SPDX-License-Identifier: Apache-2.0
// An ATmega328P at 16 MHz behind a pseudo-terminal, in real time: clock, reset, power and commands.
// Usage: board --flash FILE --eeprom FILE --link PATH [--no-auto-reset] [--unpaced] [--self-powered] [--baud N]
//              [--latency MS]
// Commands are lines on stdin, each answered by one line {"event":"ok"…} or {"event":"refused"…}; the end of stdin
// ends the board. It links libsimavr (GPL-3): a test tool, never part of the product.
#define _GNU_SOURCE
#include "board.h"
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { MCUSR = 0x54, PORF = 1, EXTRF = 2, RAM_START = 0x100, LOADER = 0x7e00 };
#define START_UP (65 * CYCLES_PER_MS) // fuse SUT=11: the chip waits for the crystal after every reset
#define MOST_BEHIND (50 * CYCLES_PER_MS)

avr_t *avr;
static bool powered, auto_reset = true, self_powered, paced = true;
static uint64_t skew, held_until, base_ns, resets, slipped;
static const char *flash_path, *eeprom_path, *link_path;
static struct {
  bool armed;
  enum action action;
  uint64_t at;
} scheduled;

void say(const char *format, ...) {
  char line[1024];
  va_list list;
  va_start(list, format);
  int n = vsnprintf(line, sizeof line - 1, format, list);
  va_end(list);
  line[n++] = '\n';
  if (write(1, line, n) != n) _exit(1);
}

void die(const char *what) {
  fprintf(stderr, "board: ");
  perror(what);
  exit(1);
}

static void quiet(struct avr_t *core, const int level, const char *format, va_list list) {
  (void)core;
  if (level <= LOG_ERROR) vfprintf(stderr, format, list);
}

uint64_t board_now(void) { return avr->cycle + skew; }

void board_schedule(enum action action, uint64_t at) {
  scheduled.armed = true;
  scheduled.action = action;
  scheduled.at = at;
}

static uint64_t wall_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* Called by simavr in every reset, its own by the watchdog too. */
static void on_reset(avr_io_t *io) {
  (void)io;
  flash_reset();
  uart_reset();
  avr->run_cycle_limit = 100;
  held_until = board_now() + (paced ? START_UP : CYCLES_PER_MS);
  resets++;
}

static void reset(uint8_t cause) {
  if (avr->run != avr_callback_run_raw) avr_run(avr); // a watchdog reset was on its way: let it pass first
  avr_reset(avr);
  avr->data[MCUSR] = cause;
  say("{\"event\":\"reset\",\"cause\":\"%s\"}", cause == PORF ? "power-on" : "external");
}

static void power(bool on) {
  if (on == powered) return;
  powered = on;
  say("{\"event\":\"power\",\"on\":%s}", on ? "true" : "false");
  if (!on) {
    flash_reset();
    uart_reset();
    return;
  }
  // Static RAM wakes up with anything in it; nothing may rely on zeros.
  uint32_t noise = 2463534242u;
  for (int i = RAM_START; i <= avr->ramend; i++) avr->data[i] = noise = noise * 1664525u + 1013904223u + (noise >> 16);
  reset(PORF);
}

static void unplug(void) {
  if (!port_plugged()) return;
  port_unplug();
  say("{\"event\":\"unplugged\"}");
  if (!self_powered) power(false);
}

static void plug(void) {
  if (port_plugged()) return;
  port_plug(link_path);
  say("{\"event\":\"plugged\",\"pty\":\"%s\"}", port_name());
  if (!self_powered) power(true);
}

static void act(enum action action) {
  if (action == RESET && powered) reset(EXTRF);
  if (action == POWER_OFF) power(false);
  if (action == UNPLUG) unplug();
}

static void notice_clients(void) {
  if (port_opened() && auto_reset && powered) reset(EXTRF);
}

static void no_sleep(avr_t *core, avr_cycle_count_t cycles) { (void)core, (void)cycles; }

static void advance_to(uint64_t target) {
  while (board_now() < target) {
    if (scheduled.armed && board_now() >= scheduled.at) {
      scheduled.armed = false;
      act(scheduled.action);
    }
    bool runs = powered && (avr->state == cpu_Running || avr->state == cpu_Sleeping);
    if (runs && board_now() >= held_until) {
      avr_run(avr);
    } else {
      if (powered && avr->state == cpu_Crashed) {
        say("{\"event\":\"crashed\",\"pc\":%u}", (unsigned)avr->pc);
        avr->state = cpu_Stopped; // garbage ran into an instruction that is none: only a reset helps
      }
      uint64_t until = runs && held_until < target ? held_until : target;
      if (scheduled.armed && scheduled.at > board_now() && scheduled.at < until) until = scheduled.at;
      skew += until - board_now();
    }
    uart_tick(board_now());
    flash_tick(board_now());
  }
}

static bool damage(const char *how, unsigned address, unsigned bit) {
  if (address >= FLASH_BYTES || bit > 7) return false;
  if (!strcmp(how, "stick")) flash_stick(address, bit);
  else if (!strcmp(how, "flip")) avr->flash[address] ^= 1 << bit;
  else return false;
  return true;
}

static bool read_flash(const char *path) {
  FILE *file = fopen(path, "wb");
  bool whole = file && fwrite(avr->flash, 1, FLASH_BYTES, file) == FLASH_BYTES;
  return file && fclose(file) == 0 && whole;
}

static bool fault(const char *place, unsigned long after, const char *action, unsigned bit) {
  static const char *const places[] = {"rx", "tx", "page"};
  static const char *const actions[] = {"drop", "flip", "reset", "power-off", "unplug"};
  for (int p = 0; p < 3; p++)
    for (int a = 0; a < 5; a++)
      if (!strcmp(place, places[p]) && !strcmp(action, actions[a]) && bit < 8) return fault_add(p, after, a, bit);
  return false;
}

static void status(void) {
  say("{\"event\":\"status\",\"powered\":%s,\"plugged\":%s,\"client\":%s,\"pc\":%u,\"loader\":%s,\"resets\":%llu,"
      "\"rx\":%llu,\"tx\":%llu,\"pages\":%llu,\"erases\":%llu,\"overruns\":%llu,\"slippedMs\":%llu}",
      powered ? "true" : "false", port_plugged() ? "true" : "false", port_has_client() ? "true" : "false",
      (unsigned)avr->pc, avr->pc >= LOADER ? "true" : "false", (unsigned long long)resets,
      (unsigned long long)fault_count[RX], (unsigned long long)fault_count[TX], (unsigned long long)fault_count[PAGE],
      (unsigned long long)flash_erases, (unsigned long long)uart_overruns,
      (unsigned long long)(slipped / CYCLES_PER_MS));
}

static bool obey(const char *line) {
  char a[16], b[16], path[1000];
  unsigned long n;
  unsigned bit = 0;
  if (!strcmp(line, "reset")) return act(RESET), powered;
  if (!strcmp(line, "power off")) return power(false), true;
  if (!strcmp(line, "power on")) return power(true), true;
  if (!strcmp(line, "unplug")) return unplug(), true;
  if (!strcmp(line, "plug")) return plug(), true;
  if (!strcmp(line, "status")) return status(), true;
  if (!strcmp(line, "quit")) exit(0);
  if (sscanf(line, "fault %15s %lu %15s %u", a, &n, b, &bit) >= 3) return fault(a, n, b, bit);
  if (sscanf(line, "flash %15s %lu %u", a, &n, &bit) == 3) return damage(a, n, bit);
  if (sscanf(line, "read-flash %999[^\n]", path) == 1) return read_flash(path);
  return false;
}

static void commands(void) {
  static char line[1200];
  static size_t length;
  ssize_t n = read(0, line + length, sizeof line - 1 - length);
  if (n <= 0) exit(0);
  length += n;
  line[length] = 0;
  notice_clients(); // who opened the port before giving the command finds it opened
  for (char *end; (end = strchr(line, '\n'));) {
    *end = 0;
    say("{\"event\":\"%s\"}", obey(line) ? "ok" : "refused");
    length -= end + 1 - line;
    memmove(line, end + 1, length + 1);
  }
  if (length == sizeof line - 1) exit(1);
}

/* Sleeps until the line needs the board again; a byte, an opening or a command wakes it at once. */
static void wait_for_work(uint64_t real) {
  uint64_t ns = 20000000;
  if (uart_busy() || flash_busy() || board_now() < held_until) ns = 100000;
  else if (powered && avr->state == cpu_Running) ns = 1000000;
  else if (powered && avr->state == cpu_Sleeping && board_now() > real) ns = (board_now() - real) * 125 / 2;
  if (!powered || !paced) ns = powered ? 50000 : 20000000;
  struct pollfd fds[] = {{0, POLLIN, 0}, {port_watch_fd(), POLLIN, 0}, {port_read_fd(), POLLIN, 0}};
  struct timespec t = {0, ns};
  ppoll(fds, 3, &t, 0);
  if (fds[0].revents) commands();
}

static void run(void) {
  base_ns = wall_ns();
  for (;;) {
    uint64_t real = (wall_ns() - base_ns) * 2 / 125;
    // A machine that is too busy makes the board slow, never hurried: time that cannot be caught up is dropped.
    if (real > board_now() + MOST_BEHIND) {
      uint64_t late = real - board_now() - MOST_BEHIND;
      slipped += late;
      base_ns += late * 125 / 2;
      real -= late;
    }
    notice_clients();
    port_pump_in(real);
    advance_to(real);
    port_flush(board_now());
    wait_for_work(real);
  }
}

static void options(int argc, char **argv) {
  static const struct option known[] = {
      {"flash", 1, 0, 'f'},   {"eeprom", 1, 0, 'e'},       {"link", 1, 0, 'l'}, {"no-auto-reset", 0, 0, 'n'},
      {"unpaced", 0, 0, 'u'}, {"self-powered", 0, 0, 's'}, {"baud", 1, 0, 'b'}, {"latency", 1, 0, 't'},
      {0, 0, 0, 0}};
  struct uart_options uart = {.baud = 115200};
  for (int c; (c = getopt_long(argc, argv, "", known, 0)) != -1;) {
    if (c == 'f') flash_path = optarg;
    else if (c == 'e') eeprom_path = optarg;
    else if (c == 'l') link_path = optarg;
    else if (c == 'n') auto_reset = false;
    else if (c == 'u') paced = false;
    else if (c == 's') self_powered = true;
    else if (c == 'b') uart.baud = atoi(optarg);
    else if (c == 't') port_latency_ms = atoi(optarg);
    else exit(2);
  }
  if (!flash_path || !eeprom_path || !link_path || !uart.baud) {
    fprintf(stderr, "board: --flash, --eeprom and --link are needed\n");
    exit(2);
  }
  uart.paced = paced;
  uart_attach(uart);
  flash_attach(flash_path, eeprom_path, paced);
}

static void remove_link(void) { port_unplug(); }
static void stop(int signal) {
  (void)signal;
  exit(0);
}

int main(int argc, char **argv) {
  prctl(PR_SET_TIMERSLACK, 1000);
  signal(SIGTERM, stop);
  signal(SIGINT, stop);
  avr_global_logger_set(quiet);
  avr = avr_make_mcu_by_name("atmega328p");
  if (!avr) die("atmega328p");
  avr_init(avr);
  avr->frequency = HERTZ;
  avr->sleep = no_sleep;
  avr->reset_pc = LOADER; // fuse BOOTRST: every reset starts the loader
  options(argc, argv);
  static avr_io_t board = {.kind = "board", .reset = on_reset};
  avr_register_io(avr, &board);
  port_plug(link_path);
  atexit(remove_link);
  say("{\"event\":\"ready\",\"pty\":\"%s\",\"link\":\"%s\",\"pid\":%d}", port_name(), link_path, (int)getpid());
  power(true);
  run();
}
