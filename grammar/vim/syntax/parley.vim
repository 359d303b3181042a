" Vim syntax file for Parley, made from the language's own tables: do not edit.
if exists('b:current_syntax')
  finish
endif
syntax case match
setlocal iskeyword+=-

syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsafter\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsbefore\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zscases\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsdefaults\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsdialogue\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsdo\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zseventually\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsexpect\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsfail\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsfinally\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsfor\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsif\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zslet\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zslog\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsmeasure\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsmessage\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsparallel\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsparam\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zspause\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zspipeline\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsprofile\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsrepeat\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsreplay\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsrequire\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zssecret\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsserver\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsskip\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zssnapshot\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsstep\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zssuite\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zstest\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zstimeouts\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsuse\ze\(\s\|$\)/
syntax match parleyStatement /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zswarn\ze\(\s\|$\)/
syntax match parleySession /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsclose\ze\(\s\|$\)/
syntax match parleySession /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsconnect\ze\(\s\|$\)/
syntax match parleySession /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsreceive\ze\(\s\|$\)/
syntax match parleySession /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsresolve\ze\(\s\|$\)/
syntax match parleySession /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zssend\ze\(\s\|$\)/
syntax match parleySession /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsstart\ze\(\s\|$\)/
syntax match parleySession /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsstop\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsapop\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsappend\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsauth\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsbdat\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsbody\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zscapa\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zscapability\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zscopy\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zscreate\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsdata\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsdele\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsdelete\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsdeliver\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsehlo\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsenable\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsetrn\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsexamine\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsexpn\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsexpunge\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsfetch\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsgetquota\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsgetquotaroot\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zshelo\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zshelp\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsid\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsidle\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zslhlo\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zslist\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zslogin\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zslogout\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsmail\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsmove\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsnamespace\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsnoop\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsquit\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsrcpt\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsrename\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsretr\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsrset\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zssearch\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsselect\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsstarttls\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsstat\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsstatus\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsstore\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zssubscribe\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zstop\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsuid\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsuidl\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsunselect\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsunsubscribe\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsvrfy\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsxclient\ze\(\s\|$\)/
syntax match parleyVerb /^\s*\([A-Za-z_][A-Za-z0-9_-]*:\s\+\)\?\zsxforward\ze\(\s\|$\)/
syntax keyword parleyClause absent after alert all alpn as at await before binding ca cert challenge ciphers clear connection connections count cr cut date dribble drop each else ending every fail fails first flags force greet groups half-close if ignoring in inject key last lf matching max min most no nth offers on or parallel raw repeat reset resume retry sasl seclevel sigalgs signal split stall staple tags tickets timeout tlsa unfinished unoffered unstuffed untagged until verify warn with within
syntax keyword parleyOperator and capture contains covers dane-ok default ends in matches not offers or same-as starts
syntax keyword parleyConstant SSLv3 TLSv1 false none true
syntax match parleyConstant /\<TLSv1\.0\>/
syntax match parleyConstant /\<TLSv1\.1\>/
syntax match parleyConstant /\<TLSv1\.2\>/
syntax match parleyConstant /\<TLSv1\.3\>/
syntax match parleyLabel /^\s*[A-Za-z_][A-Za-z0-9_-]*:\ze\s/
syntax match parleyProtocol /\(\<connect\s\+\)\@<=\<\(imap\|imaps\|lmtp\|pop3\|pop3s\|sieve\|sieves\|smtp\|smtps\|tcp\|tls\)\>/
syntax match parleyArrow /\s\zs=>\ze\(\s\|$\)/
syntax match parleyNumber /\<\d\+\(\.\d\+\)\?\(GiB\|KiB\|MiB\|GB\|KB\|MB\|ms\|ns\|us\|B\|d\|h\|m\|s\)\?\>/
syntax match parleyNumber /\<[1-5]\(\dx\|xx\)\>/
syntax match parleyNumber /\s\zs[245]\.[0-9x]\{1,3}\.[0-9x]\{1,3}\ze\(\s\|$\)/
syntax match parleyAddress /\s\zs\(<[^ \t>]*>\|[^ \t@"<$]\+@[^ \t@"$]\+\)/
syntax match parleyPattern /\(\<\(matches\|matching\|capture\|until\)\s\+\)\@<=\/\(\\.\|[^\/\\]\)*\/i\?/
syntax region parleyInsertion matchgroup=parleyBrace start=/\$\@<!\${/ end=/}/ oneline contained containedin=parleyString,parleyText
syntax region parleyInsertion matchgroup=parleyBrace start=/\$\@<!\${/ end=/}/ oneline
syntax region parleyString start=/\(^\|[ \t(\[,={]\)\@<="/ skip=/\\./ end=/"/ oneline
syntax region parleyText start=/"""/ end=/"""/
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
highlight default link parleyComment Comment

let b:current_syntax = 'parley'
