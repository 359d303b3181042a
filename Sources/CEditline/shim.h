// libedit, loaded when a person is there to type: linking with it would cost every start of a script
// a millisecond. The table holds what is used of it; its variadic calls get a function each.
#ifndef PARLEY_CEDITLINE_SHIM_H
#define PARLEY_CEDITLINE_SHIM_H

#include <dlfcn.h>
#include <histedit.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>
#include <wctype.h>

typedef struct parley_editline {
    __typeof__(&el_init_fd) init;
    __typeof__(&el_wset) set;
    __typeof__(&el_wget) get;
    __typeof__(&el_wgets) gets;
    __typeof__(&el_wline) line;
    __typeof__(&el_winsertstr) insert;
    __typeof__(&el_deletestr) erase;
    __typeof__(&el_cursor) move;
    __typeof__(&el_wpush) push;
    __typeof__(&el_resize) resize;
    __typeof__(&el_source) source;
} parley_editline;

// The past, entry by entry: `H_FIRST` is the latest. NULL where there is none.
typedef const wchar_t *(*parley_el_past)(void *context, int operation);
typedef struct parley_el_history {
    parley_el_past past;
    void *context;
} parley_el_history;

typedef wchar_t *(*parley_el_prompt)(EditLine *);
typedef int (*parley_el_reader)(EditLine *, wchar_t *);
typedef unsigned char (*parley_el_key)(EditLine *, wint_t);

// Loads the library; 0, or the sentence of the loader in `problem`.
static inline int parley_el_load(parley_editline *table, const char *name, const char **problem) {
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        *problem = dlerror();
        return -1;
    }
    struct { void *slot; const char *name; } symbols[] = {
        {&table->init, "el_init_fd"}, {&table->set, "el_wset"}, {&table->get, "el_wget"},
        {&table->gets, "el_wgets"}, {&table->line, "el_wline"}, {&table->insert, "el_winsertstr"},
        {&table->erase, "el_deletestr"}, {&table->move, "el_cursor"}, {&table->push, "el_wpush"},
        {&table->resize, "el_resize"}, {&table->source, "el_source"},
    };
    for (size_t index = 0; index < sizeof symbols / sizeof *symbols; index++) {
        void *address = dlsym(library, symbols[index].name);
        if (address == NULL) {
            *problem = dlerror();
            return -1;
        }
        *(void **)symbols[index].slot = address;
    }
    return 0;
}

static inline EditLine *parley_el_open(const parley_editline *table, FILE *input, FILE *output, int from, int to) {
    return table->init("parley", input, output, output, from, to, to);
}

static inline int parley_el_set_number(const parley_editline *table, EditLine *editor, int what, int value) {
    return table->set(editor, what, value);
}

static inline int parley_el_set_editor(const parley_editline *table, EditLine *editor, const wchar_t *name) {
    return table->set(editor, EL_EDITOR, name);
}

static inline int parley_el_is_vi(const parley_editline *table, EditLine *editor) {
    const wchar_t *name = NULL;
    return table->get(editor, EL_EDITOR, &name) == 0 && name != NULL && name[0] == L'v';
}

static inline int parley_el_set_context(const parley_editline *table, EditLine *editor, void *context) {
    return table->set(editor, EL_CLIENTDATA, context);
}

static inline int parley_el_set_prompt(const parley_editline *table, EditLine *editor, parley_el_prompt prompt) {
    return table->set(editor, EL_PROMPT_ESC, prompt, (wchar_t)1);
}

static inline int parley_el_set_reader(const parley_editline *table, EditLine *editor, parley_el_reader reader) {
    return table->set(editor, EL_GETCFN, reader);
}

// The library keeps both texts.
static inline int parley_el_add_key(
    const parley_editline *table, EditLine *editor, const wchar_t *name, const wchar_t *help, parley_el_key key
) {
    return table->set(editor, EL_ADDFN, name, help, key);
}

static inline int parley_el_bind(
    const parley_editline *table, EditLine *editor, const wchar_t *keys, const wchar_t *name, int alternative
) {
    if (alternative) return table->set(editor, EL_BIND, L"-a", keys, name, (wchar_t *)NULL);
    return table->set(editor, EL_BIND, keys, name, (wchar_t *)NULL);
}

// While a line is edited no key is a signal; between lines nothing is echoed and nothing waits for a
// line's end, but ^C is a signal.
static inline int parley_el_set_modes(const parley_editline *table, EditLine *editor) {
    if (table->set(editor, EL_SETTY, L"-d", L"-isig", (wchar_t *)NULL) != 0) return -1;
    return table->set(editor, EL_SETTY, L"-x", L"-icanon", L"-echo", (wchar_t *)NULL);
}

static inline int parley_el_history_call(void *pointer, HistEventW *event, int operation, ...) {
    parley_el_history *history = (parley_el_history *)pointer;
    event->num = 0;
    event->str = history->past(history->context, operation);
    return event->str == NULL ? -1 : 0;
}

static inline int parley_el_set_history(const parley_editline *table, EditLine *editor, parley_el_history *history) {
    return table->set(editor, EL_HIST, parley_el_history_call, history);
}

static inline int parley_el_refresh(const parley_editline *table, EditLine *editor) {
    return table->set(editor, EL_REFRESH);
}

static inline const wchar_t *parley_el_gets(const parley_editline *table, EditLine *editor, int *count) {
    return table->gets(editor, count);
}

static inline const LineInfoW *parley_el_line(const parley_editline *table, EditLine *editor) {
    return table->line(editor);
}

static inline int parley_el_insert(const parley_editline *table, EditLine *editor, const wchar_t *text) {
    return table->insert(editor, text);
}

static inline void parley_el_erase(const parley_editline *table, EditLine *editor, int count) {
    table->erase(editor, count);
}

static inline int parley_el_move(const parley_editline *table, EditLine *editor, int count) {
    return table->move(editor, count);
}

static inline void parley_el_push(const parley_editline *table, EditLine *editor, const wchar_t *keys) {
    table->push(editor, keys);
}

static inline void parley_el_resize(const parley_editline *table, EditLine *editor) {
    table->resize(editor);
}

static inline int parley_el_source(const parley_editline *table, EditLine *editor) {
    return table->source(editor, NULL);
}

// Declared by the C library for X/Open sources only.
int wcwidth(wchar_t);

static inline int parley_width(uint32_t character) { return wcwidth((wchar_t)character); }

static inline int parley_is_printable(uint32_t character) { return iswprint((wint_t)character); }

#endif
