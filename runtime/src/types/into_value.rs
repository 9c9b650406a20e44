//! Conversions to the type of a member.

/// A value that setters and constructors take for a member of type `T`: whatever is [`Into<T>`].
///
/// It is a trait of its own for the sake of the compiler's message about an `Option`, which is passed with
/// [`SetOptional`](crate::SetOptional).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be passed as a `{T}`",
    label = "expected a value that is `Into<{T}>`",
    note = "an `Option` is passed with `.set_optional(option, Type::setter)` of the trait `SetOptional`"
)]
pub trait IntoValue<T> {
    /// Converts the value.
    fn into_value(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T, V: Into<T>> IntoValue<T> for V {
    fn into_value(self) -> T {
        self.into()
    }
}
