// SPDX-License-Identifier: Apache-2.0
// What the application knows of its board: serial line, clock, EEPROM and what a reset leaves behind.
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct identity {
  char serial[17];
  char hardware[9];
};

/* What survives a reset, but not a loss of power: at a fixed address, so that another version finds it too. */
struct crash {
  uint16_t pc; // word address where the watchdog found the program
  uint32_t uptime_ms;
};

enum cause { POWER_ON, EXTERNAL, WATCHDOG };

void board_init(void);
struct identity board_identity(void);
uint32_t board_count_boot(void);
enum cause board_cause(struct crash *crash); // crash is filled when the cause is WATCHDOG
uint32_t uptime_ms(void);
void idle(void); // sleeps until the next tick of 4 ms
void kick(void); // tells the watchdog that the program is well

void put(char c);
void put_text(const char *flash_text);
void put_ram(const char *text);
void put_number(int32_t value, uint8_t decimals);
void put_hex(uint16_t value);
#define PUT(text) put_text(PSTR(text))
