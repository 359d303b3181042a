// Submission in front of Cyrus SASL, with what Postfix does not hand to it: the channel binding of
// the TLS connection, and whose certificate the client showed.
//
//     cyrus ADDRESS PORT BINDING CERTIFICATE KEY AUTHORITY DATABASE REALM
//
// BINDING is tls-exporter (RFC 9266) or tls-server-end-point (RFC 5929), CERTIFICATE, KEY and
// AUTHORITY are PEM files, DATABASE is what saslpasswd2 wrote. TLS is implicit. One process for each
// connection, at most 20 of them, and 30 seconds for each.

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sasl/sasl.h>
#include <sasl/saslutil.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINE = 16384, CONNECTIONS = 20, SECONDS = 30, NAME = 256 };

static SSL *tls;
static const char *database;

static void die(const char *what) {
    perror(what);
    exit(1);
}

// What Cyrus SASL would read from a file below /etc.
static int option(void *context, const char *plugin, const char *name, const char **value,
                  unsigned *length) {
    (void)context;
    (void)plugin;
    *value = NULL;
    if (!strcmp(name, "auxprop_plugin")) *value = "sasldb";
    if (!strcmp(name, "sasldb_path")) *value = database;
    if (!strcmp(name, "log_level")) *value = "0";
    if (length) *length = *value ? (unsigned)strlen(*value) : 0;
    return *value ? SASL_OK : SASL_FAIL;
}

static void say(const char *format, ...) {
    char line[LINE + 64];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line - 2, format, arguments);
    va_end(arguments);
    if (size < 0 || size >= (int)sizeof line - 2) exit(1);
    memcpy(line + size, "\r\n", 2);
    if (SSL_write(tls, line, size + 2) <= 0) exit(0);
}

// The next line without its end; the process ends with the connection.
static char *listen_line(void) {
    static char line[LINE];
    size_t size = 0;
    while (size < sizeof line - 1) {
        if (SSL_read(tls, line + size, 1) <= 0) exit(0);
        if (line[size] == '\n') {
            while (size > 0 && line[size - 1] == '\r') size--;
            line[size] = 0;
            return line;
        }
        size++;
    }
    say("500 5.5.6 Line too long");
    exit(0);
}

// The name in the certificate that the client showed and that the authority signed, or none.
static const char *certified_name(void) {
    static char name[NAME];
    X509 *certificate = SSL_get1_peer_certificate(tls);
    if (!certificate || SSL_get_verify_result(tls) != X509_V_OK) return NULL;
    int size = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name,
                                         sizeof name);
    X509_free(certificate);
    return size > 0 ? name : NULL;
}

static void bind_channel(sasl_conn_t *login, const char *kind) {
    static unsigned char data[EVP_MAX_MD_SIZE];
    static sasl_channel_binding_t binding;
    unsigned length = 32;
    if (!strcmp(kind, "tls-exporter")) {
        const char *label = "EXPORTER-Channel-Binding";
        if (SSL_export_keying_material(tls, data, length, label, strlen(label),
                                       (const unsigned char *)"", 0, 1) != 1)
            exit(1);
    } else if (X509_digest(SSL_get_certificate(tls), EVP_sha256(), data, &length) != 1) {
        exit(1);
    }
    binding = (sasl_channel_binding_t){.name = kind, .data = data, .len = length};
    if (sasl_setprop(login, SASL_CHANNEL_BINDING, &binding) != SASL_OK) exit(1);
}

static sasl_conn_t *begin_login(const char *kind, const char *realm) {
    sasl_conn_t *login = NULL;
    sasl_ssf_t strength = 256;
    sasl_security_properties_t wanted = {.max_ssf = 0, .maxbufsize = 0};
    const char *name = certified_name();
    if (sasl_server_new("smtp", "cyrus.parley.test", realm, NULL, NULL, NULL, 0, &login) != SASL_OK
        || sasl_setprop(login, SASL_SSF_EXTERNAL, &strength) != SASL_OK
        || sasl_setprop(login, SASL_SEC_PROPS, &wanted) != SASL_OK
        || (name && sasl_setprop(login, SASL_AUTH_EXTERNAL, name) != SASL_OK))
        exit(1);
    bind_channel(login, kind);
    return login;
}

// Goes through an exchange (RFC 4954 §4): true when the client is in.
static bool log_in(sasl_conn_t *login, char *arguments) {
    char *mechanism = strsep(&arguments, " ");
    const char *answer = NULL;
    unsigned size = 0;
    char octets[LINE];
    char *initial = arguments;
    int result = SASL_OK;
    if (initial && strcmp(initial, "=") != 0)
        result = sasl_decode64(initial, (unsigned)strlen(initial), octets, sizeof octets, &size);
    if (result == SASL_OK)
        result = sasl_server_start(login, mechanism, initial ? octets : NULL, size, &answer, &size);
    while (result == SASL_CONTINUE) {
        char text[LINE];
        unsigned length = 0;
        if (sasl_encode64(answer ? answer : "", answer ? size : 0, text, sizeof text, &length)
            != SASL_OK)
            exit(1);
        say("334 %s", text);
        char *line = listen_line();
        if (!strcmp(line, "*")) {
            say("501 5.7.0 Authentication aborted");
            return false;
        }
        result = sasl_decode64(line, (unsigned)strlen(line), octets, sizeof octets, &length);
        if (result == SASL_OK) result = sasl_server_step(login, octets, length, &answer, &size);
    }
    switch (result) {
        case SASL_OK: {
            const void *user = NULL;
            sasl_getprop(login, SASL_USERNAME, &user);
            say("235 2.7.0 Welcome, %s", user ? (const char *)user : "stranger");
            return true;
        }
        case SASL_NOMECH: say("504 5.5.4 No such mechanism"); return false;
        case SASL_BADPROT: say("501 5.5.2 Not what the mechanism says"); return false;
        default: say("535 5.7.8 %s", sasl_errstring(result, NULL, NULL)); return false;
    }
}

static void serve(const char *kind, const char *realm) {
    sasl_conn_t *login = begin_login(kind, realm);
    bool known = false;
    say("220 cyrus.parley.test ESMTP");
    for (;;) {
        char *line = listen_line();
        char *verb = strsep(&line, " ");
        if (!strcasecmp(verb, "QUIT")) {
            say("221 2.0.0 Bye");
            SSL_shutdown(tls);
            exit(0);
        } else if (!strcasecmp(verb, "EHLO")) {
            const char *mechanisms = NULL;
            say("250-cyrus.parley.test");
            if (sasl_listmech(login, NULL, "250-AUTH ", " ", "", &mechanisms, NULL, NULL)
                == SASL_OK)
                say("%s", mechanisms);
            say("250 ENHANCEDSTATUSCODES");
        } else if (strcasecmp(verb, "AUTH") != 0 || !line) {
            say("502 5.5.1 Only logins here");
        } else if (known) {
            say("503 5.5.1 Logged in already");
        } else if (!(known = log_in(login, line))) {
            sasl_dispose(&login);
            login = begin_login(kind, realm);
        }
    }
}

static SSL_CTX *make_context(const char *certificate, const char *key, const char *authority) {
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (!context || SSL_CTX_use_certificate_chain_file(context, certificate) != 1
        || SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1
        || SSL_CTX_load_verify_locations(context, authority, NULL) != 1) {
        ERR_print_errors_fp(stderr);
        exit(1);
    }
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_session_id_context(context, (const unsigned char *)"cyrus", 5);
    return context;
}

int main(int count, char **arguments) {
    if (count != 9) {
        fprintf(stderr,
                "usage: cyrus ADDRESS PORT BINDING CERTIFICATE KEY AUTHORITY DATABASE REALM\n");
        return 2;
    }
    const char *kind = arguments[3];
    database = arguments[7];
    SSL_CTX *context = make_context(arguments[4], arguments[5], arguments[6]);
    static sasl_callback_t callbacks[] = {{SASL_CB_GETOPT, (int (*)(void))(void (*)(void))option, NULL},
                                          {SASL_CB_LIST_END, NULL, NULL}};
    if (sasl_server_init(callbacks, "parley-lab") != SASL_OK) die("cyrus: sasl_server_init");

    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_port = htons((in_port_t)atoi(arguments[2]));
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (inet_pton(AF_INET, arguments[1], &address.sin_addr) != 1
        || bind(listener, (struct sockaddr *)&address, sizeof address) < 0
        || listen(listener, CONNECTIONS) < 0)
        die("cyrus: listen");
    signal(SIGPIPE, SIG_IGN);

    for (int children = 0;;) {
        while (children > 0 && waitpid(-1, NULL, children < CONNECTIONS ? WNOHANG : 0) > 0)
            children--;
        int peer = accept(listener, NULL, NULL);
        if (peer < 0) {
            if (errno == EINTR || errno == ECONNABORTED) continue;
            die("cyrus: accept");
        }
        pid_t child = fork();
        if (child > 0) children++;
        if (child == 0) {
            alarm(SECONDS);
            close(listener);
            tls = SSL_new(context);
            if (!tls || SSL_set_fd(tls, peer) != 1 || SSL_accept(tls) != 1) exit(0);
            serve(kind, arguments[8]);
        }
        close(peer);
    }
}
