"""The whole broken on purpose: what takes minutes and is run by `make trust`, not with every test."""
