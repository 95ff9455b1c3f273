namespace PachUp.Sandbox.Server.Admin;

/// <summary>An operation of a restore that the server refused, or died of. The real one does not tell its clients which it was.</summary>
/// <param name="Item">What it would have made: <c>commit images@2c98512a3d144ab29323823975c4bf7e</c>.</param>
/// <param name="Message">What the server says.</param>
public sealed record RefusedOperation(string Item, string Message);
