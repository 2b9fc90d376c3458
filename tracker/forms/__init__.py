"""What people type: shape only. Meaning is checked by the operations, rules by the domain."""
