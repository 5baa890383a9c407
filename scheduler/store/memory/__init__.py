"""What is remembered in tables: plans, subscriptions, letters, facts."""
