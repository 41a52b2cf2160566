"""The published week beyond Markdown: HTML pages, the annex workbook, the site of all weeks."""
