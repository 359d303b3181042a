// The probe that Parley is measured against: an epoll loop in C with nothing to spare.
//
//     client PORT PROBES CONCURRENCY [CA.pem NAME [VERSION [resume]]]
//
// A probe is connect, banner, EHLO, MAIL, RCPT, QUIT. With CA.pem and NAME there is STARTTLS
// (VERSION 1.2 or 1.3, else 1.3) after the first EHLO, the certificate verified for NAME, then EHLO
// again; `resume` offers the newest session. Fails when a reply is not the expected one.

#include "peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>

struct turn {
    const char *command;
    const char *expected;
};

// What is sent, and the first digits of the reply to it; the banner answers nothing.
static const struct turn clear_turns[] = {
    {NULL, "220"},
    {"EHLO probe.test\r\n", "250"},
    {"MAIL FROM:<probe@probe.test>\r\n", "250"},
    {"RCPT TO:<postmaster@sink.test>\r\n", "250"},
    {"QUIT\r\n", "221"},
    {NULL, NULL},
};

static const struct turn tls_turns[] = {
    {NULL, "220"},
    {"EHLO probe.test\r\n", "250"},
    {"STARTTLS\r\n", "220"},
    {"EHLO probe.test\r\n", "250"},
    {"MAIL FROM:<probe@probe.test>\r\n", "250"},
    {"RCPT TO:<postmaster@sink.test>\r\n", "250"},
    {"QUIT\r\n", "221"},
    {NULL, NULL},
};

enum { EVENTS = 256, STARTTLS_TURN = 2 };

struct probe {
    struct peer peer;
    int turn;
};

static struct sockaddr_in server = {.sin_family = AF_INET};
static const struct turn *turns = clear_turns;
static SSL_CTX *tls;
static const char *name;
static bool resumes;
static SSL_SESSION *newest;
static int epoll;

static void start(struct probe *probe) {
    int on = 1;
    memset(probe, 0, sizeof *probe);
    probe->peer.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (probe->peer.fd < 0) die("client: socket");
    setsockopt(probe->peer.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(probe->peer.fd, (struct sockaddr *)&server, sizeof server) < 0
        && errno != EINPROGRESS)
        die("client: connect");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = probe};
    epoll_ctl(epoll, EPOLL_CTL_ADD, probe->peer.fd, &event);
}

// The end of a whole reply in the buffer, or NULL.
static char *reply_end(const struct peer *peer) {
    const char *line = peer->buffer;
    char *end;
    while ((end = memchr(line, '\n', peer->held - (size_t)(line - peer->buffer)))) {
        if (end - line >= 4 && line[3] == ' ') return end + 1;
        line = end + 1;
    }
    return NULL;
}

static void begin_tls(struct peer *peer) {
    peer->ssl = SSL_new(tls);
    SSL_set_fd(peer->ssl, peer->fd);
    SSL_set_tlsext_host_name(peer->ssl, name);
    SSL_set1_host(peer->ssl, name);
    if (newest) SSL_set_session(peer->ssl, newest);
    SSL_set_connect_state(peer->ssl);
    peer->shaking = true;
}

static int keep_session(SSL *ssl, SSL_SESSION *session) {
    (void)ssl;
    SSL_SESSION_free(newest);
    newest = session;
    return 1;
}

static void say(struct probe *probe) {
    const char *command = turns[probe->turn].command;
    if (!peer_write(&probe->peer, command, strlen(command))) die("client: write");
}

// True when the probe is over.
static bool go_on(struct probe *probe) {
    struct peer *peer = &probe->peer;
    for (;;) {
        if (peer->shaking) {
            int result = peer_handshake(peer);
            if (result == WOULD_BLOCK) return false;
            if (result < 0) die("client: handshake");
            say(probe);
        }
        int count = peer_read(peer);
        if (count == WOULD_BLOCK) return false;
        char *end = count < 0 ? NULL : reply_end(peer);
        if (count < 0 || (end && memcmp(peer->buffer, turns[probe->turn].expected, 3) != 0)) {
            fprintf(stderr, "client: turn %d failed\n", probe->turn);
            exit(1);
        }
        if (!end) continue;
        peer_drop(peer, (size_t)(end - peer->buffer));
        bool upgrade = tls && probe->turn == STARTTLS_TURN;
        if (!turns[++probe->turn].command) return true;
        if (upgrade)
            begin_tls(peer);
        else
            say(probe);
        if (!peer->ssl) return false;
    }
}

int main(int argc, char **argv) {
    if (argc < 4 || argc == 5 || argc > 8) {
        fprintf(stderr, "usage: client PORT PROBES CONCURRENCY [CA.pem NAME [VERSION [resume]]]\n");
        return 2;
    }
    long wanted = atol(argv[2]), concurrency = atol(argv[3]), started = 0, finished = 0;
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server.sin_port = htons((in_port_t)atoi(argv[1]));
    if (argc >= 6) {
        int version = argc > 6 && !strcmp(argv[6], "1.2") ? TLS1_2_VERSION : TLS1_3_VERSION;
        turns = tls_turns;
        name = argv[5];
        resumes = argc > 7;
        tls = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_min_proto_version(tls, version);
        SSL_CTX_set_max_proto_version(tls, version);
        if (resumes) {
            SSL_CTX_set_session_cache_mode(
                tls, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE
            );
            SSL_CTX_sess_set_new_cb(tls, keep_session);
        }
        SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, NULL);
        if (SSL_CTX_load_verify_locations(tls, argv[4], NULL) != 1) die("client: CA");
    }
    signal(SIGPIPE, SIG_IGN);
    epoll = epoll_create1(0);
    if (concurrency > wanted) concurrency = wanted;
    struct probe *probes = calloc((size_t)concurrency, sizeof *probes);
    if (!probes) die("client");
    while (started < concurrency) start(&probes[started++]);

    struct epoll_event events[EVENTS];
    while (finished < wanted) {
        int count = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            struct probe *probe = events[i].data.ptr;
            if (!go_on(probe)) continue;
            peer_close(&probe->peer);
            finished++;
            if (started < wanted) {
                started++;
                start(probe);
            }
        }
    }
    return 0;
}
