"""Page parts made once: NHS design system components, form fields, page layout, the gallery."""
