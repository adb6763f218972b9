// SPDX-License-Identifier: Apache-2.0
#include "board.h"

#define MOST 64
static struct fault {
  bool armed;
  enum place place;
  uint64_t at;
  enum action action;
  int bit;
} faults[MOST];

uint64_t fault_count[3];
static const char *const names[] = {"drop", "flip", "reset", "power-off", "unplug"};
static const char *const places[] = {"rx", "tx", "page"};

bool fault_add(enum place place, uint64_t after, enum action action, int bit) {
  if (place == PAGE && (action == DROP || action == FLIP)) return false;
  for (int i = 0; i < MOST; i++) {
    if (faults[i].armed) continue;
    faults[i] = (struct fault){true, place, fault_count[place] + after, action, bit};
    return true;
  }
  return false;
}

static struct fault *due(enum place place) {
  for (int i = 0; i < MOST; i++)
    if (faults[i].armed && faults[i].place == place && faults[i].at == fault_count[place]) return &faults[i];
  return 0;
}

bool fault_byte(enum place place, uint8_t *byte) {
  bool kept = true;
  for (struct fault *f; (f = due(place)); f->armed = false) {
    say("{\"event\":\"fault\",\"place\":\"%s\",\"at\":%llu,\"action\":\"%s\"}", places[place],
        (unsigned long long)fault_count[place], names[f->action]);
    if (f->action == DROP) kept = false;
    else if (f->action == FLIP) *byte ^= 1 << f->bit;
    else board_schedule(f->action, board_now());
  }
  fault_count[place]++;
  return kept;
}

void fault_page(uint64_t middle) {
  for (struct fault *f; (f = due(PAGE)); f->armed = false) {
    say("{\"event\":\"fault\",\"place\":\"page\",\"at\":%llu,\"action\":\"%s\"}",
        (unsigned long long)fault_count[PAGE], names[f->action]);
    board_schedule(f->action, middle);
  }
  fault_count[PAGE]++;
}
