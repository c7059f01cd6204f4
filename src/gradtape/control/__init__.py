"""Control flow on tensors: branches and loops that are one operation where a program is traced or batched."""
