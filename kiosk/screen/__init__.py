"""What visitors see: `Stage` decides (pure), `Painter` draws on any surface, `Window` puts it on a real panel."""
