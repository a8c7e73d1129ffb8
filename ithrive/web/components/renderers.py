"""How `{{ form }}` looks everywhere on the site."""

from django.forms.renderers import TemplatesSetting


class NHSRenderer(TemplatesSetting):
    form_template_name = "components/forms/form.html"
    field_template_name = "components/forms/field.html"
