#ifndef PARLEY_CPCRE2_SHIM_H
#define PARLEY_CPCRE2_SHIM_H

// Only the library of 8-bit code units is linked: what servers say is bytes.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#endif
