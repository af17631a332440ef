"""The page's tabs, left to right. A tab is a module here and a template of the same name in templates/tabs.

A module says KEY, TITLE, TABLES (what it shows, and the SQL behind it), facts(marts) for figures in its sentences, and
charts(tables) for what is drawn above a table.
"""
