"""Papers going out: what a room has to say as a tree of blocks, drawn as Word and as PDF in the frame of NĐ 30/2020.

`blocks` says what a paper is, `frame` how big and where, `docx.write` and `pdf.write` draw it. Both writers print the
very words of `blocks.words`, so a paper that was edited in Word and one that was signed as PDF can be compared.
"""
