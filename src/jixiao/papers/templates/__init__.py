"""填报表: official forms to be filled in, and filled-in ones known again."""
