"""`doctor`: whether a workspace, its machine and its services are fit for what is asked of them."""
