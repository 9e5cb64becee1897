"""The pages that people read: head, lists, sections, and what each template is offered."""
