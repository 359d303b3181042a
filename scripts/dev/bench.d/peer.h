// What the sink and the client share: non-blocking reads and writes, in clear or through OpenSSL.

#ifndef PEER_H
#define PEER_H

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WOULD_BLOCK = -1, GONE = -2 };

struct peer {
    int fd;
    SSL *ssl;
    bool shaking;
    size_t held;
    char buffer[1024];
};

static inline void die(const char *what) {
    perror(what);
    exit(1);
}

// The outcome of a TLS call. All our writes are small, so what blocks is always a read.
static inline int peer_tls_result(struct peer *peer, int result) {
    if (result > 0) return result;
    int error = SSL_get_error(peer->ssl, result);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? WOULD_BLOCK : GONE;
}

// Appends to the buffer: the number of octets, WOULD_BLOCK or GONE.
static inline int peer_read(struct peer *peer) {
    size_t room = sizeof peer->buffer - peer->held;
    if (room == 0) return GONE;
    int count;
    if (peer->ssl) {
        ERR_clear_error();
        count = peer_tls_result(peer, SSL_read(peer->ssl, peer->buffer + peer->held, (int)room));
    } else {
        count = (int)recv(peer->fd, peer->buffer + peer->held, room, 0);
        if (count < 0) return errno == EAGAIN ? WOULD_BLOCK : GONE;
        if (count == 0) return GONE;
    }
    if (count > 0) peer->held += (size_t)count;
    return count;
}

static inline bool peer_write(struct peer *peer, const char *text, size_t size) {
    if (peer->ssl) {
        ERR_clear_error();
        return SSL_write(peer->ssl, text, (int)size) == (int)size;
    }
    return send(peer->fd, text, size, MSG_NOSIGNAL) == (ssize_t)size;
}

// Forgets the first octets of the buffer.
static inline void peer_drop(struct peer *peer, size_t count) {
    peer->held -= count;
    memmove(peer->buffer, peer->buffer + count, peer->held);
}

// 1 when the handshake is done, WOULD_BLOCK or GONE.
static inline int peer_handshake(struct peer *peer) {
    ERR_clear_error();
    int result = peer_tls_result(peer, SSL_do_handshake(peer->ssl));
    if (result > 0) peer->shaking = false;
    return result;
}

static inline void peer_close(struct peer *peer) {
    // Freed without a shutdown, a connection takes its session along.
    if (peer->ssl) SSL_set_shutdown(peer->ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    if (peer->ssl) SSL_free(peer->ssl);
    peer->ssl = NULL;
    close(peer->fd);
}

#endif
