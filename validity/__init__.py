"""Does the evaluation keep its promises? Its own functions, tried on studies whose truth is known."""
