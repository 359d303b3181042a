// OpenSSL 3 as Swift sees it: functions import as they are; what OpenSSL spells as a macro or a
// variadic function gets a static inline function here. Nothing else belongs in this file.
#ifndef PARLEY_COPENSSL_SHIM_H
#define PARLEY_COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/objects.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// Library

static inline int parley_init(void) {
    // No atexit handler: a loop that still runs at exit must not find OpenSSL torn down.
    return OPENSSL_init_ssl(OPENSSL_INIT_NO_ATEXIT, NULL);
}

static inline void parley_free(void *memory) { OPENSSL_free(memory); }

// SSL_CTX

static inline int parley_ctx_set_versions(SSL_CTX *ctx, int least, int most) {
    return SSL_CTX_set_min_proto_version(ctx, least) == 1 &&
           SSL_CTX_set_max_proto_version(ctx, most) == 1;
}

static inline void parley_ctx_set_defaults(SSL_CTX *ctx, long largest_chain) {
    SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_options(ctx, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_max_cert_list(ctx, largest_chain);
}

static inline void parley_ctx_disable_tickets(SSL_CTX *ctx) {
    SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
}

static inline void parley_ctx_request_stapling(SSL_CTX *ctx) {
    SSL_CTX_set_tlsext_status_type(ctx, TLSEXT_STATUSTYPE_ocsp);
}

static inline int parley_ctx_set_groups(SSL_CTX *ctx, const char *names) {
    return SSL_CTX_set1_groups_list(ctx, names) == 1;
}

static inline int parley_ctx_set_signature_algorithms(SSL_CTX *ctx, const char *names) {
    return SSL_CTX_set1_sigalgs_list(ctx, names) == 1;
}

static inline void parley_ctx_set_status_callback(SSL_CTX *ctx, int (*callback)(SSL *, void *)) {
    SSL_CTX_set_tlsext_status_cb(ctx, callback);
}

static inline int parley_ctx_add_chain_certificate(SSL_CTX *ctx, X509 *certificate) {
    return SSL_CTX_add1_chain_cert(ctx, certificate) == 1;
}

// SSL

static inline int parley_ssl_set_server_name(SSL *ssl, const char *name) {
    return SSL_set_tlsext_host_name(ssl, name) == 1;
}

static inline int parley_ssl_set_trust(SSL *ssl, X509_STORE *store) {
    return SSL_set1_verify_cert_store(ssl, store) == 1;
}

static inline long parley_ssl_stapled_length(SSL *ssl) {
    const unsigned char *response = NULL;
    return SSL_get_tlsext_status_ocsp_resp(ssl, &response);
}

static inline long parley_ssl_stapled(SSL *ssl, const unsigned char **response) {
    return SSL_get_tlsext_status_ocsp_resp(ssl, response);
}

// 0 where there is none.
static inline int parley_ssl_peer_signature(SSL *ssl, int *digest) {
    int kind = 0;
    if (SSL_get_peer_signature_type_nid(ssl, &kind) != 1) return 0;
    if (SSL_get_peer_signature_nid(ssl, digest) != 1) *digest = 0;
    return kind;
}

static inline const char *parley_ssl_group_name(SSL *ssl) {
    int group = (int)SSL_get_negotiated_group(ssl);
    return group == 0 ? NULL : SSL_group_to_name(ssl, group);
}

static inline int parley_ssl_has_extended_secret(SSL *ssl) {
    return SSL_get_extms_support(ssl) == 1;
}

// Even where the context forbids it.
static inline int parley_ssl_renegotiate(SSL *ssl) {
    SSL_clear_options(ssl, SSL_OP_NO_RENEGOTIATION);
    return SSL_renegotiate(ssl);
}

static inline int parley_ssl_set_owner(SSL *ssl, void *owner) {
    return SSL_set_app_data(ssl, owner);
}

static inline void *parley_ssl_owner(const SSL *ssl) { return SSL_get_app_data(ssl); }

static inline SSL *parley_ssl_of_verification(X509_STORE_CTX *context) {
    return X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx());
}

// BIO

static inline void parley_bio_want_read(BIO *bio) {
    BIO_clear_retry_flags(bio);
    BIO_set_retry_read(bio);
}

static inline void parley_bio_clear_retry(BIO *bio) { BIO_clear_retry_flags(bio); }

static inline int parley_bio_source_sink_index(void) {
    return BIO_get_new_index() | BIO_TYPE_SOURCE_SINK;
}

static inline long parley_bio_memory(BIO *bio, const char **bytes) {
    return BIO_get_mem_data(bio, (char **)bytes);
}

// RFC 2253's form, but UTF-8 stays itself.
static inline int parley_print_name(BIO *bio, const X509_NAME *name) {
    return X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB);
}

// Stacks

static inline int parley_certificates_count(const STACK_OF(X509) *stack) {
    return sk_X509_num(stack);
}

static inline X509 *parley_certificates_at(const STACK_OF(X509) *stack, int index) {
    return sk_X509_value(stack, index);
}

static inline void parley_certificates_free(STACK_OF(X509) *stack) {
    sk_X509_pop_free(stack, X509_free);
}

static inline int parley_names_count(const GENERAL_NAMES *names) {
    return sk_GENERAL_NAME_num(names);
}

static inline const GENERAL_NAME *parley_names_at(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}

static inline GENERAL_NAMES *parley_names_new(void) { return sk_GENERAL_NAME_new_null(); }

static inline int parley_names_push(GENERAL_NAMES *names, GENERAL_NAME *name) {
    return sk_GENERAL_NAME_push(names, name);
}

static inline void parley_names_free(GENERAL_NAMES *names) {
    sk_GENERAL_NAME_pop_free(names, GENERAL_NAME_free);
}

static inline int parley_ciphers_count(const STACK_OF(SSL_CIPHER) *stack) {
    return sk_SSL_CIPHER_num(stack);
}

static inline const SSL_CIPHER *parley_ciphers_at(const STACK_OF(SSL_CIPHER) *stack, int index) {
    return sk_SSL_CIPHER_value(stack, index);
}

// Whether the certificate says where its issuer's can be had (RFC 5280 section 4.2.2.1).
static inline int parley_names_issuer_location(const X509 *certificate) {
    AUTHORITY_INFO_ACCESS *access =
        (AUTHORITY_INFO_ACCESS *)X509_get_ext_d2i(certificate, NID_info_access, NULL, NULL);
    int found = 0;
    for (int index = 0; index < sk_ACCESS_DESCRIPTION_num(access); index++)
        if (OBJ_obj2nid(sk_ACCESS_DESCRIPTION_value(access, index)->method) == NID_ad_ca_issuers)
            found = 1;
    AUTHORITY_INFO_ACCESS_free(access);
    return found;
}

// Servers

static inline void parley_ctx_set_staple_callback(SSL_CTX *ctx, int (*callback)(SSL *, void *),
                                                  void *owner) {
    SSL_CTX_set_tlsext_status_cb(ctx, callback);
    SSL_CTX_set_tlsext_status_arg(ctx, owner);
}

static inline int parley_ssl_staple(SSL *ssl, unsigned char *response, long length) {
    return SSL_set_tlsext_status_ocsp_resp(ssl, response, length) == 1;
}

static inline int parley_x509_add_raw_extension(X509 *x509, const char *identifier, int critical,
                                                const unsigned char *bytes, int length) {
    ASN1_OBJECT *object = OBJ_txt2obj(identifier, 1);
    ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();
    X509_EXTENSION *made = NULL;
    int done = object != NULL && value != NULL &&
               ASN1_OCTET_STRING_set(value, bytes, length) == 1 &&
               (made = X509_EXTENSION_create_by_OBJ(NULL, object, critical, value)) != NULL &&
               X509_add_ext(x509, made, -1) == 1;
    X509_EXTENSION_free(made);
    ASN1_OCTET_STRING_free(value);
    ASN1_OBJECT_free(object);
    return done;
}

// Keys

static inline EVP_PKEY *parley_generate_p256(void) { return EVP_EC_gen("P-256"); }

static inline EVP_PKEY *parley_generate_rsa(unsigned int bits) { return EVP_RSA_gen(bits); }

#endif
