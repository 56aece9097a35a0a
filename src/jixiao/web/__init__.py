"""The web application: one Django app, from the clerk's desk to the published filing (decision 0025).

`workflow` is the year as a table, `access` alone decides who may do what, `actions` alone change state, `forms` alone
parse what a browser sends, `views` show. All that is known of papers is asked of `jixiao.telling` and `jixiao.api`.
"""
