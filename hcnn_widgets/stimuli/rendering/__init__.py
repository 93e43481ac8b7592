"""Objects drawn from their geometry: shapes, solids, the ray caster, backgrounds."""
