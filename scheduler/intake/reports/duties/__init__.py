"""What a report asks of people: actions, tasks; and the events it names."""
