package io.plumbline.definitions.reader;

import io.plumbline.definitions.PublishedView;
import java.util.List;

/**
 * A published view as a file declares it.
 *
 * @param needs metrics without which a company does not have the view
 */
record ViewDeclaration(PublishedView view, Name name, List<Name> needs) {}
