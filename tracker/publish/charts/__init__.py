"""Charts as inline SVG: numbers and words in, markup out.

A chart is as wide as its place on the page. Its shapes are drawn in the data's own units and
stretched; its labels are not stretched, so they stay as readable on a phone as on paper.
"""
