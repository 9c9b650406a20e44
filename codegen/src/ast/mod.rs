//! Stage 1: the JSON AST exactly as it is written, with the place of each thing in the source.
