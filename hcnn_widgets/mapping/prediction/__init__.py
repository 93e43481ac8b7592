"""Does a linear map predict the responses: neural predictivity, its choices, its score."""
