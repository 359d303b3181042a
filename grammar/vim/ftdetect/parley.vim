autocmd BufRead,BufNewFile *.parley setfiletype parley
autocmd BufRead * if getline(1) =~# '^#!.*\<parley\>' | setfiletype parley | endif
