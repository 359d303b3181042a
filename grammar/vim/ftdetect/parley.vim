autocmd BufRead,BufNewFile *.parley setfiletype parley
