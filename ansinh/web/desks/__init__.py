"""One module a desk: what arrives by HTTP is read, one action or a few queries are called, a page goes back."""
