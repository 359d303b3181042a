" Vim syntax file for Parley, made from the language's own tables: do not edit.
if exists('b:current_syntax')
  finish
endif
syntax case match
setlocal iskeyword+=-
syntax sync fromstart

syntax match parleyFunction /\<[A-Za-z_][A-Za-z0-9_-]*\ze(/
syntax match parleyKind /\(^\s*param\s\+[A-Za-z_][A-Za-z0-9_-]*\s*:\s*\)\@<=[A-Za-z_][A-Za-z0-9_-]*/
syntax keyword parleyClause absent alert all alpn anywhere as at await bandwidth binding ca cert certificate challenge ciphers clear client-certificate connection connections count cr cut date dribble drop each else ending every fails first flags force greet groups half-close ignoring in inject iterations key last latency lf matching max min most name no nth offers on or raw replays reset resume retry sasl seclevel sigalgs signal stall staple suites tags tickets timeout tls tlsa unfinished unoffered unstuffed untagged until user verify with within
syntax match parleyClause /\<after\>/
syntax match parleyClause /\<before\>/
syntax match parleyClause /\<fail\>/
syntax match parleyClause /\<if\>/
syntax match parleyClause /\<parallel\>/
syntax match parleyClause /\<repeat\>/
syntax match parleyClause /\<split\>(\@!/
syntax match parleyClause /\<warn\>/
syntax keyword parleyOperator and capture covers dane-ok default ends in matches not offers or same-as starts
syntax match parleyOperator /\<contains\>/
syntax keyword parleyConstant SSLv3 false none true
syntax match parleyConstant /\<TLSv1\>/
syntax match parleyConstant /\<TLSv1\.0\>/
syntax match parleyConstant /\<TLSv1\.1\>/
syntax match parleyConstant /\<TLSv1\.2\>/
syntax match parleyConstant /\<TLSv1\.3\>/
syntax match parleyStatement /\(^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\)\@<=\(after\|before\|cases\|defaults\|dialogue\|do\|eventually\|expect\|fail\|finally\|for\|if\|let\|log\|measure\|message\|parallel\|param\|pause\|pipeline\|profile\|repeat\|replay\|require\|secret\|server\|skip\|snapshot\|step\|suite\|test\|timeouts\|use\|warn\)\ze\(\s\|$\)/
syntax match parleySession /\(^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\)\@<=\(close\|connect\|receive\|resolve\|send\|start\|stop\)\ze\(\s\|$\)/
syntax match parleyVerb /\(^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\)\@<=\(apop\|append\|auth\|bdat\|body\|capa\|capability\|copy\|create\|data\|dele\|delete\|deliver\|ehlo\|enable\|etrn\|examine\|expn\|expunge\|fetch\|getquota\|getquotaroot\|helo\|help\|id\|idle\|lhlo\|list\|login\|logout\|mail\|move\|namespace\|noop\|quit\|rcpt\|rename\|retr\|rset\|search\|select\|starttls\|stat\|status\|store\|subscribe\|top\|uid\|uidl\|unselect\|unsubscribe\|vrfy\|xclient\|xforward\)\ze\(\s\|$\)/
syntax match parleyLabel /^\s*[A-Za-z_][A-Za-z0-9_-]*:\ze\s/
syntax match parleyProtocol /\(\<connect\s\+\|^\s*server\s\+[A-Za-z_][A-Za-z0-9_-]*\s\+\)\@<=\<\(imap\|imaps\|lmtp\|pop3\|pop3s\|sieve\|sieves\|smtp\|smtps\|tcp\|tls\)\>/
syntax match parleyArrow /\s\zs=>\ze\(\s\|$\)/
syntax match parleyAnswer /\(\s=>\s\+\)\@<=\(any\|closed\|timeout\|refused\|OK\|NO\|BAD\|BYE\|PREAUTH\)\ze\(\s\|$\)/
syntax match parleyNumber /[0-9A-Za-z_.:@-]\@1<!\d\+\(\.\d\+\)\?\(GiB\|KiB\|MiB\|GB\|KB\|MB\|ms\|ns\|us\|B\|d\|h\|m\|s\)\?[0-9A-Za-z_.:@-]\@!/
syntax match parleyNumber /[0-9A-Za-z_.:@-]\@1<![1-5]\(\dx\|xx\)[0-9A-Za-z_.:@-]\@!/
syntax match parleyNumber /\s\zs[245]\.[0-9x]\{1,3}\.[0-9x]\{1,3}\ze\(\s\|$\)/
syntax match parleyAddress /\s\zs\(<[^ \t>]*>\|[^ \t@"<$]\+@[^ \t@"$]\+\)/
syntax match parleyPattern /\(\<\(matches\|matching\|capture\|until\|on\s\+[A-Za-z_][A-Za-z0-9_-]*\)\s\+\)\@<=\/\(\\.\|[^\/\\]\)*\/i\?/
syntax match parleyPattern /\(,\s*\)\@<=\/\(\\.\|[^\/\\]\)*\/i\?\ze\s*[,)]/
syntax match parleyEscape /\\\(x\x\x\|u{\x\+}\|.\)\|\$\${/ contained containedin=parleyString,parleyText,parleyInner
syntax region parleyInner start=/"/ skip=/\\./ end=/"/ contained oneline
syntax region parleyInsertion matchgroup=parleyBrace start=/\$\@<!\${/ end=/}/ oneline contains=parleyInner,parleyPattern,parleyNumber,parleyOperator,parleyConstant,parleyFunction contained containedin=parleyString,parleyText,parleyInner
syntax region parleyInsertion matchgroup=parleyBrace start=/\$\@<!\${/ end=/}/ oneline contains=parleyInner,parleyPattern,parleyNumber,parleyOperator,parleyConstant,parleyFunction
syntax region parleyString start=/\(^\|[ \t(\[,={]\)\@<="/ skip=/\\./ end=/"/ oneline
syntax region parleyText start=/"""/ skip=/\\./ end=/"""/
syntax match parleyComment /\(^\|\s\)\@<=#.*$/

highlight default link parleyStatement Statement
highlight default link parleySession Statement
highlight default link parleyVerb Function
highlight default link parleyClause Keyword
highlight default link parleyOperator Operator
highlight default link parleyConstant Constant
highlight default link parleyLabel Label
highlight default link parleyProtocol Type
highlight default link parleyArrow Operator
highlight default link parleyNumber Number
highlight default link parleyAddress Identifier
highlight default link parleyPattern Special
highlight default link parleyBrace Delimiter
highlight default link parleyString String
highlight default link parleyText String
highlight default link parleyInner String
highlight default link parleyEscape SpecialChar
highlight default link parleyComment Comment
highlight default link parleyFunction Function
highlight default link parleyKind Type
highlight default link parleyAnswer Constant

let b:current_syntax = 'parley'
