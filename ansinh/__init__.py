"""AnSinh: chi trả trợ giúp xã hội hằng tháng, every đồng accounted for."""
