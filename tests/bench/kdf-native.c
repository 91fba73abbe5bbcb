/* Debian's libargon2 as a yardstick: one Argon2id (64 MiB, 3 passes, 4 lanes on one thread) for each
 * line read; prints the tag, and wall and processor time in nanoseconds.
 * cc -O2 kdf-native.c -largon2 */
#include <argon2.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static int64_t now(clockid_t clock) {
  struct timespec at;
  clock_gettime(clock, &at);
  return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

int main(void) {
  static uint8_t password[] = "correct horse battery staple";
  static uint8_t salt[] = "sesame-salt-32-bytes-0123456789a";
  char line[16];
  while (fgets(line, sizeof line, stdin)) {
    uint8_t tag[32];
    argon2_context context = {
        .out = tag, .outlen = sizeof tag,
        .pwd = password, .pwdlen = sizeof password - 1,
        .salt = salt, .saltlen = sizeof salt - 1,
        .t_cost = 3, .m_cost = 65536, .lanes = 4, .threads = 1,
        .version = ARGON2_VERSION_13,
    };
    int64_t wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    int failed = argon2id_ctx(&context);
    cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall = now(CLOCK_MONOTONIC) - wall;
    if (failed) return 1;
    for (size_t at = 0; at < sizeof tag; at++) printf("%02x", tag[at]);
    printf(" %lld %lld\n", (long long)wall, (long long)cpu);
    fflush(stdout);
  }
  return 0;
}
