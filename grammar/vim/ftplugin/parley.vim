" Settings for Parley: comments, words, and the indentation of `parley fmt`.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1
setlocal comments=:# commentstring=#\ %s
setlocal iskeyword+=-
setlocal expandtab shiftwidth=4 softtabstop=4
setlocal suffixesadd=.parley
let &l:include = '^\s*use\s'
let b:undo_ftplugin = 'setlocal comments< commentstring< iskeyword< expandtab< '
      \ . 'shiftwidth< softtabstop< suffixesadd< include<'
