"""The worker: what stays and sends, alone or together with many others."""
