using Google.Protobuf;

namespace PachUp.Sandbox.Server.Metadata;

/// <summary>A changed key of a collection.</summary>
/// <param name="Collection">The name of the collection.</param>
/// <param name="Key">The key in it.</param>
/// <param name="After">The new message; null when the key was deleted.</param>
/// <param name="Undo">Restores the old message.</param>
internal sealed record Change(string Collection, string Key, KeptMessage? After, Action Undo);

/// <summary>A message as a collection keeps it.</summary>
/// <param name="Message">The message. Do not change it.</param>
/// <param name="Created">The revision of the first message under its key.</param>
/// <param name="Changed">The revision of this message.</param>
internal sealed record KeptMessage(IMessage Message, long Created, long Changed);

/// <summary>A message of a collection, as the disk keeps it.</summary>
/// <param name="Collection">The name of the collection.</param>
/// <param name="Key">The key in it.</param>
/// <param name="Created">The revision of the first message under the key.</param>
/// <param name="Changed">The revision of this message.</param>
/// <param name="Message">The message in its wire format.</param>
internal sealed record StoredMessage(string Collection, string Key, long Created, long Changed, byte[] Message);
