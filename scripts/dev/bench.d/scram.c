// What SCRAM-SHA-256 is measured with.
//
//     scram serve        a server that asks each login for its proof under a salt of its own, and says
//                        535 to whatever comes; prints its port
//     scram derive N     N keys by OpenSSL's own PBKDF2, 4096 iterations each: what a login has to do

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>

#include "peer.h"

enum { ITERATIONS = 4096 };

static void say(int fd, const char *text) {
    if (send(fd, text, strlen(text), MSG_NOSIGNAL) < 0) perror("send");
}

// The nonce behind `r=` in the client's first message, which is the command's last word.
static void challenge(int fd, const char *line, unsigned salt) {
    unsigned char first[512] = {0}, message[768], encoded[1200];
    const char *word = strrchr(line, ' ');
    size_t size = word ? strcspn(word + 1, "\r\n") : 0;
    if (size == 0 || size > 600) return say(fd, "501 5.5.2 no\r\n");
    EVP_DecodeBlock(first, (const unsigned char *)word + 1, (int)size);
    const char *nonce = strstr((char *)first, "r=");
    if (!nonce) return say(fd, "501 5.5.2 no\r\n");
    unsigned char octets[12] = {0}, base64[20];
    memcpy(octets, &salt, sizeof salt);
    EVP_EncodeBlock(base64, octets, sizeof octets);
    int count = snprintf((char *)message, sizeof message, "%sx,s=%s,i=%d", nonce, base64,
                         ITERATIONS);
    EVP_EncodeBlock(encoded, message, count);
    char reply[1400];
    snprintf(reply, sizeof reply, "334 %s\r\n", encoded);
    say(fd, reply);
}

static void talk(int fd) {
    static unsigned salt;
    char line[2048];
    size_t held = 0;
    bool proving = false;
    say(fd, "220 scram.test\r\n");
    for (;;) {
        ssize_t count = recv(fd, line + held, sizeof line - 1 - held, 0);
        if (count <= 0) return;
        held += (size_t)count;
        line[held] = 0;
        if (line[held - 1] != '\n') continue;
        held = 0;
        if (proving) {
            proving = false;
            say(fd, "535 5.7.8 no\r\n");
        } else if (strncmp(line, "EHLO", 4) == 0) {
            say(fd, "250-scram.test\r\n250 AUTH SCRAM-SHA-256\r\n");
        } else if (strncmp(line, "AUTH", 4) == 0) {
            challenge(fd, line, ++salt);
            proving = true;
        } else {
            say(fd, "221 bye\r\n");
            return;
        }
    }
}

static void serve(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 8) ||
        getsockname(listener, (struct sockaddr *)&address, &size))
        die("listen");
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) continue;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        talk(fd);
        close(fd);
    }
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "serve") == 0) serve();
    if (argc != 3 || strcmp(argv[1], "derive") != 0) {
        fprintf(stderr, "usage: scram serve | scram derive N\n");
        return 2;
    }
    unsigned char key[32], salt[12] = {0};
    for (unsigned n = (unsigned)atoi(argv[2]); n > 0; n--) {
        memcpy(salt, &n, sizeof n);
        if (!PKCS5_PBKDF2_HMAC("wonderland", 10, salt, sizeof salt, ITERATIONS, EVP_sha256(),
                               sizeof key, key))
            die("PKCS5_PBKDF2_HMAC");
    }
}
