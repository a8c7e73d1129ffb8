// Tells the design system's styles that its scripts will run. It is a file because the policy allows nothing inline.
document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " nhsuk-frontend-supported" : "");
