//! Form understanding: what each field of a page is, and how to fill it. Pure, stands alone.
