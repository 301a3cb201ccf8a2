//! LTI 1.3 Advantage, tool side, without IO.
