namespace PachUp.Sandbox.Server.Admin;

/// <summary>An operation of a restore that the server refused, or on which it crashed. A real server does not report which one it was.</summary>
/// <param name="Item">The item of the operation: <c>commit images@2c98512a3d144ab29323823975c4bf7e</c>.</param>
/// <param name="Message">The error of the server.</param>
public sealed record RefusedOperation(string Item, string Message);
