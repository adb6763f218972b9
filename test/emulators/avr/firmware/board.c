// SPDX-License-Identifier: Apache-2.0
#include "board.h"
#include <avr/eeprom.h>
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/pgmspace.h>
#include <avr/sleep.h>
#include <avr/wdt.h>
#include <util/atomic.h>

enum { TICK_MS = 4, EE_SERIAL = 0, EE_HARDWARE = 16, EE_BOOTS = 32 };

#define WARM 0xC0FFEE42u
#define CRASHED 0xDEADBEA7u
static struct {
  uint32_t warm;
  uint32_t crashed;
  struct crash crash;
} kept __attribute__((section(".noinit"))); // the linker puts this at the same address in every version

static volatile uint32_t ticks;

ISR(TIMER0_COMPA_vect) { ticks++; }

/* The watchdog barks before it bites: the first time-out interrupts, the second resets. */
static void __attribute__((used, noreturn)) bark(uint16_t pc) {
  kept.crash = (struct crash){pc, ticks * TICK_MS};
  kept.crashed = CRASHED;
  wdt_enable(WDTO_15MS);
  for (;;);
}

ISR(WDT_vect, ISR_NAKED) {
  // The return address on the stack is where the program hung.
  __asm__ volatile("clr __zero_reg__\n pop r25\n pop r24\n rjmp %x0\n" ::"i"(bark));
}

void board_init(void) {
  UCSR0A = _BV(U2X0);
  UBRR0 = 16; // 115 200 baud, 2.1 % fast, as the boot loader has it
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = _BV(TXEN0);
  TCCR0A = _BV(WGM01);
  OCR0A = 249; // 16 MHz / 256 / 250 = 250 Hz
  TCCR0B = _BV(CS02);
  TIMSK0 = _BV(OCIE0A);
  set_sleep_mode(SLEEP_MODE_IDLE);
  kick();
  WDTCSR = _BV(WDCE) | _BV(WDE);
  WDTCSR = _BV(WDIE) | _BV(WDE) | _BV(WDP2) | _BV(WDP0); // 0.5 s
  sei();
}

/* Erased EEPROM is a board that nobody labelled. */
static void read_label(char *to, uint8_t from, uint8_t length) {
  eeprom_read_block(to, (const void *)(uint16_t)from, length);
  to[length] = 0;
  if ((uint8_t)to[0] == 0xff) to[0] = 0;
}

struct identity board_identity(void) {
  struct identity id;
  read_label(id.serial, EE_SERIAL, 16);
  read_label(id.hardware, EE_HARDWARE, 8);
  return id;
}

uint32_t board_count_boot(void) {
  uint32_t boots = eeprom_read_dword((uint32_t *)EE_BOOTS) + 1; // erased EEPROM is all ones
  if (boots == 0) boots = 1;
  eeprom_update_dword((uint32_t *)EE_BOOTS, boots);
  return boots;
}

/* The boot loader clears MCUSR and leaves by its own watchdog, so the register tells nothing: what RAM kept does. */
enum cause board_cause(struct crash *crash) {
  enum cause cause = kept.warm != WARM ? POWER_ON : kept.crashed == CRASHED ? WATCHDOG : EXTERNAL;
  *crash = kept.crash;
  kept.warm = WARM;
  kept.crashed = 0;
  return cause;
}

uint32_t uptime_ms(void) {
  uint32_t now;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { now = ticks; }
  return now * TICK_MS;
}

void idle(void) { sleep_mode(); }
void kick(void) { wdt_reset(); }

void put(char c) {
  while (!(UCSR0A & _BV(UDRE0)));
  UDR0 = c;
}

void put_text(const char *text) {
  for (char c; (c = pgm_read_byte(text)); text++) put(c);
}

void put_ram(const char *text) {
  while (*text) put(*text++);
}

void put_number(int32_t value, uint8_t decimals) {
  char digits[12];
  uint8_t n = 0;
  if (value < 0) {
    put('-');
    value = -value;
  }
  do {
    digits[n++] = '0' + value % 10;
    value /= 10;
  } while (value || n <= decimals);
  while (n) {
    if (n == decimals) put('.');
    put(digits[--n]);
  }
}

void put_hex(uint16_t value) {
  for (int8_t shift = 12; shift >= 0; shift -= 4) put("0123456789abcdef"[value >> shift & 15]);
}
