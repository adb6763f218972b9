// SPDX-License-Identifier: Apache-2.0
// A pseudo-terminal has no DTR. Opening it stands for DTR: inotify counts openings and closings, so that even a close
// and an open within a millisecond are two events. The board keeps the terminal's own side open too; that keeps the
// master usable between clients and lets it clear what one client left for the next.
#define _GNU_SOURCE
#include "board.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static int master = -1, slave = -1, watch = -1, clients;
static const char *link_path;
static char name[64];
static uint8_t held[62]; // an FT232's packet: sent when full or when its latency timer runs out
static unsigned held_count;
static uint64_t held_since;
unsigned port_latency_ms;

static void fresh(void) {
  struct termios t;
  tcflush(slave, TCIFLUSH);
  ioctl(slave, TIOCNXCL);
  if (tcgetattr(slave, &t)) die("tcgetattr");
  cfmakeraw(&t);
  cfsetspeed(&t, B115200);
  tcsetattr(slave, TCSANOW, &t);
}

void port_plug(const char *link) {
  link_path = link;
  master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (master < 0 || grantpt(master) || unlockpt(master) || ptsname_r(master, name, sizeof name)) die("pseudo-terminal");
  slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (slave < 0) die(name);
  fresh();
  watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (watch < 0 || inotify_add_watch(watch, name, IN_OPEN | IN_CLOSE) < 0) die("inotify");
  clients = 0;
  char fresh_link[PATH_MAX];
  snprintf(fresh_link, sizeof fresh_link, "%s.new", link);
  unlink(fresh_link);
  if (symlink(name, fresh_link) || rename(fresh_link, link)) die(link);
}

void port_unplug(void) {
  if (master < 0) return;
  unlink(link_path);
  close(watch);
  close(slave);
  close(master);
  master = slave = watch = -1;
  clients = 0;
  held_count = 0;
}

bool port_plugged(void) { return master >= 0; }
const char *port_name(void) { return name; }
int port_watch_fd(void) { return watch; }
bool port_has_client(void) { return clients > 0; }
int port_read_fd(void) { return clients > 0 && uart_room() ? master : -1; }

int port_opened(void) {
  char buffer[4096] __attribute__((aligned(8)));
  int opened = 0;
  ssize_t n = watch < 0 ? 0 : read(watch, buffer, sizeof buffer);
  for (char *p = buffer; n > 0 && p < buffer + n;) {
    const struct inotify_event *e = (const struct inotify_event *)p;
    if (e->mask & IN_OPEN && clients++ == 0) {
      opened++;
      say("{\"event\":\"opened\"}");
    }
    if (e->mask & IN_CLOSE && clients > 0 && --clients == 0) {
      say("{\"event\":\"closed\"}");
      fresh();
      held_count = 0;
    }
    p += sizeof *e + e->len;
  }
  return opened;
}

void port_pump_in(uint64_t now) {
  uint8_t buffer[256];
  unsigned room = uart_room();
  ssize_t n = master < 0 || !room ? 0 : read(master, buffer, room < sizeof buffer ? room : sizeof buffer);
  for (ssize_t i = 0; i < n; i++) uart_from_host(buffer[i], now);
}

static void hand_on(void) {
  // A client that does not read loses bytes, as it would on a real port.
  if (held_count && clients > 0 && write(master, held, held_count) < 0 && errno != EAGAIN) die("write");
  held_count = 0;
}

void port_flush(uint64_t now) {
  if (held_count && now >= held_since + port_latency_ms * CYCLES_PER_MS) hand_on();
}

void port_send(uint8_t byte, uint64_t now) {
  if (clients == 0) return;
  if (held_count == 0) held_since = now;
  held[held_count++] = byte;
  if (held_count == sizeof held) hand_on();
}
