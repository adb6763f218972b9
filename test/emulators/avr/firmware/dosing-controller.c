// SPDX-License-Identifier: Apache-2.0
// A dosing pump's controller that simulates its process: ten records a second, events, and a banner in the first line.
// One source, three characters: FIRMWARE 1 works and drifts, 2 has the drift repaired, 3 leaks and hangs (a release
// that should never have left the team). CALIBRATION words of table make the image as large as a real one.
#include "board.h"
#include <avr/pgmspace.h>
#include <stdint.h>

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

__asm__(".pushsection .progmem.data,\"a\",@progbits\n"
        ".balign 2\n"
        "calibration:\n"
        ".set x, 4711\n"
        ".rept " TEXT(CALIBRATION) "\n"
        ".set x, (x * 25173 + 13849) & 0xffff\n"
        ".word x\n"
        ".endr\n"
        ".popsection\n");
extern const uint16_t calibration[];

static struct identity id;
static uint16_t noise = 12345;
static uint32_t cycles, sequence;

/* Small and repeatable: xorshift over 16 bits. */
static int16_t jitter(int16_t span) {
  noise ^= noise << 7;
  noise ^= noise >> 9;
  noise ^= noise << 8;
  return (int16_t)(noise % (2 * span + 1)) - span;
}

static void put_name(const char *name) {
  put(',');
  put('"');
  put_text(name);
  put('"');
  put(':');
}
#define FIELD(name, value, decimals) (put_name(PSTR(name)), put_number(value, decimals))

static const char *cause_name(enum cause cause) {
  if (cause == POWER_ON) return PSTR("power-on");
  return cause == WATCHDOG ? PSTR("watchdog") : PSTR("external");
}

static void banner(enum cause cause, uint32_t boots) {
  PUT("{\"boot\":{\"model\":\"dosing-controller\",\"serial\":\"");
  put_ram(id.serial);
  PUT("\",\"hw\":\"");
  put_ram(id.hardware);
  PUT("\",\"fw\":\"" VERSION "\",\"build\":\"" BUILD "\",\"cause\":\"");
  put_text(cause_name(cause));
  put('"');
  FIELD("boots", boots, 0);
  PUT("}}\r\n*** Dosing controller " VERSION ", build " BUILD ", ready\r\n");
}

static void crash_record(const struct crash *crash) {
  PUT("{\"crash\":{\"kind\":\"watchdog\",\"reason\":\"no kick for 500 ms\",\"pc\":\"0x");
  put_hex(crash->pc * 2);
  put('"');
  FIELD("uptime_ms", crash->uptime_ms, 0);
  PUT("}}\r\n");
}

static void event(const char *level, const char *code, const char *message) {
  PUT("{\"uptime_ms\":");
  put_number(uptime_ms(), 0);
  PUT(",\"level\":\"");
  put_text(level);
  PUT("\",\"code\":\"");
  put_text(code);
  PUT("\",\"message\":\"");
  put_text(message);
  PUT("\"}\r\n");
}
#define EVENT(level, code, message) event(PSTR(level), PSTR(code), PSTR(message))

static void plain(const char *level, const char *text) {
  put('[');
  put_number(uptime_ms(), 0);
  PUT("] ");
  put_text(level);
  put(' ');
  put_text(text);
}
#define PLAIN(level, text) plain(PSTR(level), PSTR(text))

/* The process: slow waves with noise; version 1 lets the flow drift away from its set point. */
static void record(void) {
  int16_t wave = (int16_t)(sequence % 600) - 300;
  if (wave < 0) wave = -wave;
  uint16_t trim = pgm_read_word(&calibration[sequence % (CALIBRATION)]) % 40;
  int32_t flow = 12000 + jitter(60);
  if (FIRMWARE == 1) flow -= sequence % 900;
  PUT("{\"uptime_ms\":");
  put_number(uptime_ms(), 0);
  FIELD("seq", sequence, 0);
  FIELD("temperature_c", 4100 + wave + jitter(8), 2);
  FIELD("pressure_bar", 3950 + trim + jitter(15), 3);
  FIELD("flow_l_min", flow, 4);
  FIELD("battery_v", 1262 - (int32_t)(sequence / 1200), 2);
  FIELD("loop_us", (FIRMWARE == 2 ? 610 : 840) + trim + jitter(30), 0);
  if (FIRMWARE != 1) FIELD("valve_pct", 48 + jitter(3), 0);
  if (FIRMWARE == 3) FIELD("heap_free", 900 - (int32_t)sequence * 21, 0);
  FIELD("cycles", cycles, 0);
  PUT("}\r\n");
}

/* What field devices do write into their logs, people and networks included. */
static void chatter(void) {
  switch (sequence % 80) {
  case 4:
    PLAIN("INFO", "net: uplink plc-hall3.acme-pharma.example at 10.20.30.44 via 00:1B:44:11:3A:B7\r\n");
    break;
  case 14:
    PLAIN("INFO", "unit ");
    put_ram(id.serial);
    PUT(" self test passed, 14 of 14\r\n");
    break;
  case 24:
    EVENT("info", "OPS-010", "recipe 7 confirmed by anna.keller@acme-pharma.example");
    break;
  case 44:
    EVENT("warning", "NET-003", "time server 192.168.40.7 late by 212 ms");
    break;
  case 64:
    if (FIRMWARE == 1) EVENT("warning", "DOSE-114", "flow deviates from set point by 5 percent");
    else PLAIN("DEBUG", "pump: prime 2 of 5\r\n");
    break;
  default:
    break;
  }
}

/* The faulty release: allocation fails after some seconds, and then the dosing loop waits for a buffer forever. */
static void misbehave(void) {
  if (sequence % 9 == 5) EVENT("error", "MEM-007", "buffer pool low, retry 3 of 3 failed");
  if (sequence == 36) EVENT("error", "DOSE-500", "no buffer for dose record, waiting");
  while (sequence >= 37) __asm__ volatile("");
}

int main(void) {
  struct crash crash;
  enum cause cause = board_cause(&crash);
  board_init();
  id = board_identity();
  uint32_t boots = board_count_boot();
  banner(cause, boots);
  if (cause == WATCHDOG) crash_record(&crash);
  uint32_t next = 100;
  for (;;) {
    kick();
    idle();
    cycles++;
    if (uptime_ms() < next) continue;
    next += 100;
    record();
    chatter();
    if (FIRMWARE == 3) misbehave();
    sequence++;
  }
}
