"""The dataset as tables: columns declared once, for exports, data frames and the codebook."""
