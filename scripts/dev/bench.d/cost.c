// Runs two commands by turns, A B A B …, and prints what a run of each costs.
//
//     cost ROUNDS COMMAND A… -- COMMAND B…
//
// One line for A, one for B: the medians of CPU time (user and system) and wall time in
// microseconds, and of the peak resident memory in KiB. The output of the commands is dropped; a
// run that fails is reported and counts all the same.

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct costs {
    long *cpu, *wall, *memory;
};

static long microseconds(struct timeval time) { return time.tv_sec * 1000000 + time.tv_usec; }

static int ascending(const void *a, const void *b) {
    long left = *(const long *)a, right = *(const long *)b;
    return (left > right) - (left < right);
}

static long median(long *values, int count) {
    qsort(values, (size_t)count, sizeof *values, ascending);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

static void run(char **command, struct costs *costs, int round) {
    struct timespec from, to;
    struct rusage usage;
    int status;
    clock_gettime(CLOCK_MONOTONIC, &from);
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0);
        dup2(null, 1);
        execvp(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        perror("cost");
        exit(1);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    if (status != 0) fprintf(stderr, "cost: %s ended with status %#x\n", command[0], status);
    costs->cpu[round] = microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
    costs->wall[round] = (to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000;
    costs->memory[round] = usage.ru_maxrss;
}

int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 0, split = 2;
    while (split < argc && strcmp(argv[split], "--") != 0) split++;
    if (rounds < 1 || split < 3 || split + 1 >= argc) {
        fprintf(stderr, "usage: cost ROUNDS COMMAND A... -- COMMAND B...\n");
        return 2;
    }
    argv[split] = NULL;
    char **commands[2] = {argv + 2, argv + split + 1};
    struct costs costs[2];
    for (int i = 0; i < 2; i++) {
        long *values = calloc((size_t)rounds * 3, sizeof *values);
        if (!values) return 1;
        costs[i] = (struct costs){values, values + rounds, values + 2 * rounds};
    }
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < 2; i++) run(commands[i], &costs[i], round);
    for (int i = 0; i < 2; i++)
        printf(
            "%ld %ld %ld\n",
            median(costs[i].cpu, rounds), median(costs[i].wall, rounds),
            median(costs[i].memory, rounds)
        );
    return 0;
}
