"""Studies on the website: their protocols, looks, runs and what was released of them."""
