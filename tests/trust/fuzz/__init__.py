"""What no random bytes may bring about: properties, and a fuzzer guided by coverage that looks for bytes which break them."""
