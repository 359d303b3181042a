" Indentation for Parley: a step in every bracket that a line leaves open.
if exists('b:did_indent')
  finish
endif
let b:did_indent = 1
setlocal indentexpr=GetParleyIndent() indentkeys=0},0),0],!^F,o,O
let b:undo_indent = 'setlocal indentexpr< indentkeys<'
if exists('*GetParleyIndent')
  finish
endif

function s:IsIn(names, line, column) abort
  return synIDattr(synID(a:line, a:column, 1), 'name') =~# a:names
endfunction

function GetParleyIndent() abort
  " The lines of a text are its own.
  if s:IsIn('^parley\%(Text\|Insertion\|Brace\|Escape\)$', v:lnum, 1)
    return -1
  endif
  let before = prevnonblank(v:lnum - 1)
  if before == 0
    return 0
  endif
  " A text's last line stands deeper than the statement that it ends.
  let first = before
  if getline(before) =~# '^\s*"""' && s:IsIn('^parleyText$', before, 1)
    let first = before - 1
    while first > 1 && getline(first) !~# '"""'
      let first -= 1
    endwhile
  endif
  let indent = indent(first)
  let open = match(getline(before), '[{(\[]\s*\%(\s#.*\)\?$')
  if open >= 0 && !s:IsIn('Comment$\|String$\|Text$', before, open + 1)
    let indent += shiftwidth()
  endif
  if getline(v:lnum) =~# '^\s*[})\]]'
    let indent -= shiftwidth()
  endif
  return max([indent, 0])
endfunction
