// SPDX-License-Identifier: Apache-2.0
// simavr's own UART has a receive FIFO of 64 bytes, counts a parity bit that is not there and loses nothing. This one
// has what the ATmega328P has: two bytes and the shift register on the way in, one and the shift register on the way
// out, ten bits a byte. It is polled only: no UART interrupts, which neither Optiboot nor the firmware here uses.
#include "board.h"

enum { UCSR0A = 0xC0, UCSR0B = 0xC1, UBRR0L = 0xC4, UBRR0H = 0xC5, UDR0 = 0xC6 };
enum { RXC = 0x80, TXC = 0x40, UDRE = 0x20, DOR = 0x08, U2X = 0x02, RXEN = 0x10, TXEN = 0x08 };

#define WIRE 256 // what an adapter holds; beyond it the client's bytes wait in the pseudo-terminal
struct timed {
  uint64_t done;
  uint8_t byte;
};
struct wire {
  struct timed queue[WIRE];
  unsigned head, count;
  uint64_t last_start, last_done;
};

static struct uart_options options;
static struct wire to_device, to_host;
static uint8_t received[3]; // the third is the shift register
static unsigned received_count;
static bool overrun, sent;
uint64_t uart_overruns;

static void wire_put(struct wire *w, uint8_t byte, uint64_t now, uint64_t duration) {
  if (w->count == WIRE) return;
  w->last_start = w->last_done > now ? w->last_done : now;
  w->last_done = w->last_start + duration;
  w->queue[(w->head + w->count++) % WIRE] = (struct timed){w->last_done, byte};
}

static bool wire_take(struct wire *w, uint64_t now, uint8_t *byte) {
  if (w->count == 0 || w->queue[w->head].done > now) return false;
  *byte = w->queue[w->head].byte;
  w->head = (w->head + 1) % WIRE;
  w->count--;
  return true;
}

static void receive(uint8_t byte) {
  if (!(avr->data[UCSR0B] & RXEN)) return;
  if (received_count < 3) {
    received[received_count++] = byte;
    return;
  }
  // The new start bit pushes out what waited in the shift register.
  received[2] = byte;
  overrun = true;
  uart_overruns++;
}

void uart_tick(uint64_t now) {
  uint8_t byte;
  while ((options.paced || received_count == 0) && wire_take(&to_device, now, &byte))
    if (fault_byte(RX, &byte)) receive(byte);
  while (wire_take(&to_host, now, &byte)) {
    sent = true;
    if (fault_byte(TX, &byte)) port_send(byte, now);
  }
}

static uint8_t read_status(avr_t *core, avr_io_addr_t address, void *unused) {
  (void)unused;
  uint64_t now = board_now();
  uart_tick(now);
  uint8_t status = core->data[UCSR0A] & U2X;
  if (received_count) status |= RXC;
  if (overrun) status |= DOR;
  if (to_host.last_start <= now) status |= UDRE;
  if (sent && to_host.last_done <= now) status |= TXC;
  return core->data[address] = status;
}

static void write_status(avr_t *core, avr_io_addr_t address, uint8_t value, void *unused) {
  (void)unused;
  if (value & TXC) sent = false;
  core->data[address] = value & U2X;
}

static void write_plain(avr_t *core, avr_io_addr_t address, uint8_t value, void *unused) {
  (void)unused;
  core->data[address] = value;
  if (!(core->data[UCSR0B] & RXEN)) received_count = 0;
}

static uint8_t read_data(avr_t *core, avr_io_addr_t address, void *unused) {
  (void)unused;
  uart_tick(board_now());
  uint8_t byte = received[0];
  if (received_count) received_count--;
  received[0] = received[1];
  received[1] = received[2];
  overrun = false;
  return core->data[address] = byte;
}

static void write_data(avr_t *core, avr_io_addr_t address, uint8_t value, void *unused) {
  (void)address, (void)unused;
  if (!(core->data[UCSR0B] & TXEN)) return;
  unsigned divisor = (core->data[UBRR0L] | (core->data[UBRR0H] & 15) << 8) + 1;
  unsigned bit = divisor * (core->data[UCSR0A] & U2X ? 8 : 16);
  sent = false;
  wire_put(&to_host, value, board_now(), options.paced ? 10 * bit : 16);
}

static void take_over(avr_io_addr_t address, avr_io_read_t read, avr_io_write_t write) {
  if (read) avr->io[AVR_DATA_TO_IO(address)].r.c = read;
  if (write) avr->io[AVR_DATA_TO_IO(address)].w.c = write;
}

void uart_attach(struct uart_options given) {
  options = given;
  take_over(UCSR0A, read_status, write_status);
  take_over(UCSR0B, 0, write_plain);
  take_over(UBRR0L, 0, write_plain);
  take_over(UDR0, read_data, write_data);
}

void uart_reset(void) {
  received_count = 0;
  overrun = sent = false;
  // What stood in the transmitter never left the chip; what the adapter sends goes on, to nobody.
  to_host.count = 0;
  to_host.last_start = to_host.last_done = 0;
}

unsigned uart_room(void) { return WIRE - to_device.count; }

void uart_from_host(uint8_t byte, uint64_t now) {
  wire_put(&to_device, byte, now, options.paced ? 10 * HERTZ / options.baud : 0);
}

bool uart_busy(void) { return to_device.count || to_host.count; }
