// SPDX-License-Identifier: Apache-2.0
// What the parts of the emulated board share. Time is board time: cycles of 16 MHz since the start, also while the
// controller is held in reset or has no power.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <simavr/sim_avr.h>

#define HERTZ 16000000ull
#define CYCLES_PER_MS (HERTZ / 1000)
#define FLASH_BYTES 32768
#define EEPROM_BYTES 1024

enum action { DROP, FLIP, RESET, POWER_OFF, UNPLUG };
enum place { RX, TX, PAGE };

// board.c
extern avr_t *avr;
uint64_t board_now(void);
void board_schedule(enum action action, uint64_t at);
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void die(const char *what);

// fault.c: faults waiting for their byte or page. All counts are from the moment of the command.
bool fault_add(enum place place, uint64_t after, enum action action, int bit);
bool fault_byte(enum place place, uint8_t *byte); // false: this byte is lost
void fault_page(uint64_t middle);                 // a page write began; middle: when half of it is done
extern uint64_t fault_count[3];                   // bytes received, bytes sent, pages written since the start

// uart.c: the serial line between the adapter and the controller
struct uart_options {
  bool paced;
  uint32_t baud;
};
void uart_attach(struct uart_options options);
void uart_reset(void);
unsigned uart_room(void);                       // bytes the adapter may still take from the port
void uart_from_host(uint8_t byte, uint64_t now); // a byte leaves the adapter as soon as the line is free
void uart_tick(uint64_t now);
bool uart_busy(void);
extern uint64_t uart_overruns;

// flash.c: files behind flash and EEPROM, and the time that SPM takes
void flash_attach(const char *flash, const char *eeprom, bool paced);
void flash_reset(void);
bool flash_busy(void);
void flash_stick(unsigned address, unsigned bit);
void flash_tick(uint64_t now);
extern uint64_t flash_erases;

// port.c: the pseudo-terminal, an adapter whose DTR line is tied to reset
void port_plug(const char *link);
void port_unplug(void);
bool port_plugged(void);
const char *port_name(void);
int port_watch_fd(void);   // readable when a client opened or closed the port
int port_read_fd(void);    // -1 when there is nobody to read from
int port_opened(void);     // openings since the last call; also notices closings
bool port_has_client(void);
void port_pump_in(uint64_t now);
void port_send(uint8_t byte, uint64_t now);
void port_flush(uint64_t now); // hands on what the adapter's latency timer released
extern unsigned port_latency_ms;
